package com.example.boxoffice;

import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** What visitors see. */
@RestController
class TicketPage {
    private final Concerts concerts;

    TicketPage(Concerts concerts) {
        this.concerts = concerts;
    }

    @GetMapping(path = "/tickets", produces = MediaType.TEXT_HTML_VALUE)
    String tickets() {
        return concerts.findBySeatsGreaterThanOrderByBand(0).stream()
                .map(concert -> "<li>" + HtmlUtils.htmlEscape(concert.getBand()) + "</li>")
                .collect(Collectors.joining("", "<h1>Tickets</h1><ul>", "</ul>"));
    }
}
