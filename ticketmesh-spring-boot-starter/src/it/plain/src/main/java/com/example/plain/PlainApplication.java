package com.example.plain;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The usual web application; it knows nothing of tickets, but may sell some at {@code /tickets}. */
@SpringBootApplication
public class PlainApplication {
    public static void main(String[] args) {
        SpringApplication.run(PlainApplication.class, args);
    }

    @RestController
    static class Home {
        @GetMapping("/own/home")
        String home() {
            return "home";
        }
    }

    @RestController
    @ConditionalOnProperty("plain.sells-tickets")
    static class TicketSale {
        @GetMapping("/tickets")
        String tickets() {
            return "two seats left";
        }
    }
}
