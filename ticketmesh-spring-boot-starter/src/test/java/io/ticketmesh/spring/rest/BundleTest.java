package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.SignedIn.ALICE;
import static io.ticketmesh.spring.rest.SignedIn.ANNA;
import static io.ticketmesh.spring.rest.SignedIn.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static final String PATH = "/ticketmesh/bundle";
    private static final String TYPE = "application/vnd.ticketmesh.bundle";

    private static Answer load(Host host, byte[] bundle) {
        return host.sendAsync("POST", PATH, bundle, Host.with(ROOT, "Content-Type", TYPE))
                .join();
    }

    @Test
    void anotherApplicationTakesInWhatOneGaveAndADamagedOneIsRefusedWithItsPlace() {
        try (Host one = Host.start(SignedIn.class, SignedIn.ROLES);
                Host two = Host.start(SignedIn.class, SignedIn.ROLES)) {
            String id = one.post("/tickets", "{\"title\":\"Printer\"}", ALICE)
                    .is(201)
                    .id();
            Answer given = one.get(PATH, ROOT).is(200);
            assertThat(given.header("Content-Type")).isEqualTo(TYPE);
            byte[] bundle = given.body();

            byte[] cut = Arrays.copyOf(bundle, bundle.length - 5);
            Answer refused = load(two, cut).isProblem(422, "damaged-bundle");
            assertThat(Long.parseLong(refused.at("/offset"))).isBetween(0L, (long) bundle.length);

            byte[] wrong = Arrays.copyOf(bundle, 8 << 20);
            wrong[bundle.length / 2] ^= 1;
            load(two, wrong).isProblem(422, "damaged-bundle"); // however much is still on its way

            assertThat(load(two, bundle).is(200).at("/operations")).isNotEqualTo("0");
            assertThat(two.get("/tickets/" + id, ALICE).is(200).at("/title")).isEqualTo("Printer");
            assertThat(load(two, bundle).is(200).at("/added")).isEqualTo("0");
            assertThat(two.node().digest()).isEqualTo(one.node().digest());
            two.post(PATH, "{}", ROOT).isProblem(415, "unsupported-media-type");
        }
    }

    @Test
    void whatWasRedactedCanBeLeftOut() {
        try (Host one = Host.start(SignedIn.class, SignedIn.ROLES)) {
            String comments = "/tickets/"
                    + one.post("/tickets", "{\"title\":\"Printer\"}", ALICE)
                            .is(201)
                            .id() + "/comments";
            String comment = one.post(comments, "{\"body\":\"The xylophone did it\"}", ALICE)
                    .is(201)
                    .id();
            one.delete(comments + "/" + comment, ANNA).is(204);

            assertThat(one.get(PATH, ROOT).is(200).text()).contains("xylophone");
            assertThat(one.get(PATH + "?erased=true", ROOT).is(200).text()).contains("xylophone");
            Answer rest = one.get(PATH + "?erased=false", ROOT).is(200);
            assertThat(rest.text()).contains("Printer").doesNotContain("xylophone");
            one.get(PATH + "?erased=perhaps", ROOT).isProblem(400, "invalid-parameter");
        }
    }

    @Test
    void onlyAnAdminMayHaveOrGiveOne() {
        try (Host host = Host.start(SignedIn.class, SignedIn.ROLES)) {
            for (String[] other : List.of(ALICE, ANNA)) {
                host.get(PATH, other).isProblem(403, "access-denied");
                host.sendAsync("POST", PATH, new byte[] {1}, Host.with(other, "Content-Type", TYPE))
                        .join()
                        .isProblem(403, "access-denied");
            }
        }
    }
}
