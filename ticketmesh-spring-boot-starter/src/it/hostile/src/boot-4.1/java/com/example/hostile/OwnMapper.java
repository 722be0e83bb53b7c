package com.example.hostile;

import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Jackson 3 as it is without Spring Boot. */
class OwnMapper {
    @Bean
    JsonMapper mapper() {
        return new JsonMapper();
    }
}
