package com.example.hostile;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.PathMatchConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** One configuration for each way to be hostile. */
final class Applications {
    private Applications() {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(OwnPages.class)
    static class Xml {}

    /** Has a mapper that nobody configured. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({OwnPages.class, OwnMapper.class})
    static class BareMapper {}

    /** Wraps whatever a controller answers. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({OwnPages.class, Envelopes.class})
    static class Wrapping {}

    /** Puts a version before the path of each controller. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(OwnPages.class)
    static class Prefixed implements WebMvcConfigurer {
        @Override
        public void configurePathMatch(PathMatchConfigurer paths) {
            paths.addPathPrefix("/v1", type -> type.isAnnotationPresent(RestController.class));
        }
    }

    /** Answers for every exception. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({OwnPages.class, CatchAll.class})
    static class Advised {}

    /** Takes Spring MVC into its own hands. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableWebMvc
    @Import(OwnPages.class)
    static class OwnMvc {}

    record Envelope(String wrappedBy, Object content) {}

    @RestControllerAdvice
    static class Envelopes implements ResponseBodyAdvice<Object> {
        @Override
        public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
            return true;
        }

        @Override
        public Object beforeBodyWrite(
                Object body,
                MethodParameter method,
                MediaType type,
                Class<? extends HttpMessageConverter<?>> converter,
                ServerHttpRequest request,
                ServerHttpResponse response) {
            return body instanceof OwnPages.Note ? new Envelope("advice", body) : body;
        }
    }

    @RestControllerAdvice
    static class CatchAll {
        @ExceptionHandler
        ResponseEntity<String> anything(Exception fault) {
            return ResponseEntity.status(HttpStatus.CONFLICT)
                    .contentType(MediaType.TEXT_PLAIN)
                    .body(fault.getClass().getSimpleName());
        }
    }
}
