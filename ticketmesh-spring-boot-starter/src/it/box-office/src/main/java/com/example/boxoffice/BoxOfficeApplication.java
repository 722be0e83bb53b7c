package com.example.boxoffice;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Sells tickets, the kind that lets you into a concert. */
@SpringBootApplication
public class BoxOfficeApplication {
    public static void main(String[] args) {
        SpringApplication.run(BoxOfficeApplication.class, args);
    }
}
