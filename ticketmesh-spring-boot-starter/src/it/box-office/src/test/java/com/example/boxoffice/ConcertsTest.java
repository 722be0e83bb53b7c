package com.example.boxoffice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(properties = "spring.jpa.show-sql=true")
class ConcertsTest {
    @Autowired
    private Concerts concerts;

    @Test
    void concertsAreKept() {
        Concert saved = concerts.save(new Concert("The Keepers", 12));
        assertThat(concerts.findById(saved.getId())).map(Concert::getBand).contains("The Keepers");
    }
}
