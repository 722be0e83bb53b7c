package com.example.hostile;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.context.annotation.Bean;

/** Jackson 2 as it is without Spring Boot. */
class OwnMapper {
    @Bean
    ObjectMapper mapper() {
        return new ObjectMapper();
    }
}
