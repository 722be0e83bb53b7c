package com.example.boxoffice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.context.WebApplicationContext;

@SpringBootTest
class ConcertApiTest {
    private static final RequestPostProcessor CLERK = user("clerk").roles("CLERK");
    private static final RequestPostProcessor GUEST = user("guest").roles("GUEST");

    private MockMvcTester mvc;

    @BeforeEach
    void setUp(@Autowired WebApplicationContext application) {
        mvc = MockMvcTester.from(
                application, builder -> builder.apply(springSecurity()).build());
    }

    @Test
    void clerksCreateAndGuestsRead() {
        assertThat(mvc.post()
                        .uri("/api/concerts")
                        .with(CLERK)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"band\":\"The Rulers\",\"seats\":200}"))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.band")
                .isEqualTo("The Rulers");
        assertThat(mvc.get().uri("/api/concerts").with(GUEST)).hasStatusOk();
    }

    @Test
    void nobodyElseDoes() {
        assertThat(mvc.get().uri("/api/concerts")).hasStatus(401);
        assertThat(mvc.delete().uri("/api/concerts/1").with(GUEST)).hasStatus(403);
        assertThat(mvc.get().uri("/anything/else")).hasStatus(401);
    }

    @Test
    void whatIsMissingIsSaidInOurWords() {
        assertThat(mvc.get().uri("/api/concerts/4711").with(GUEST))
                .hasStatus(404)
                .bodyText()
                .isEqualTo("{\"error\":\"no concert 4711\"}");
        assertThat(mvc.post()
                        .uri("/api/concerts")
                        .with(CLERK)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{"))
                .hasStatus(400)
                .bodyText()
                .isEqualTo("{\"error\":\"we are sorry\"}");
    }
}
