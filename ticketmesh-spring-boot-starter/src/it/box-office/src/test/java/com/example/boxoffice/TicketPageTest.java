package com.example.boxoffice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class TicketPageTest {
    @Autowired
    private Concerts concerts;

    @Autowired
    private Environment environment;

    @Test
    void visitorsSeeWhatIsNotSoldOut() throws Exception {
        concerts.save(new Concert("Sold & Out", 0));
        concerts.save(new Concert("Nuts & Bolts", 3));

        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                        + environment.getProperty("local.server.port") + "/tickets"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body()).contains("<li>Nuts &amp; Bolts</li>").doesNotContain("Sold");
    }
}
