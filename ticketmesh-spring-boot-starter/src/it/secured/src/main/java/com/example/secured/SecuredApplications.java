package com.example.secured;

import java.security.Principal;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts applications that differ in their chain of Spring Security: arguments like {@code OWN=8080}, each a kind and a port. */
public final class SecuredApplications {
    private SecuredApplications() {}

    /** Which chain there is. */
    enum Chain {
        DEFAULT(DefaultChain.class),
        OWN(OwnChain.class),
        DENY_ALL(DeniedToAll.class);

        private final Class<?> application;

        Chain(Class<?> application) {
            this.application = application;
        }
    }

    public static void main(String[] args) {
        for (String argument : args) {
            String[] parts = argument.split("=", 2);
            new SpringApplicationBuilder(Chain.valueOf(parts[0]).application)
                    .run(
                            "--server.port=" + parts[1],
                            "--spring.application.name=secured-" + parts[0],
                            "--spring.security.user.name=user",
                            "--spring.security.user.password=password",
                            "--spring.security.user.roles=USER");
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class DefaultChain {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class OwnChain {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/own/public")
                            .permitAll()
                            .requestMatchers("/own/admin")
                            .hasRole("ADMIN")
                            .anyRequest()
                            .authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.ignoringRequestMatchers("/tickets/**", "/tickets"))
                    .build();
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class DeniedToAll {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/own/public")
                            .permitAll()
                            .anyRequest()
                            .denyAll())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }

    @RestController
    static class Pages {
        @GetMapping("/own/public")
        String open() {
            return "for everybody";
        }

        @GetMapping("/own/secret")
        String secret(Principal user) {
            return "for " + user.getName();
        }

        @PostMapping("/own/secret")
        String change() {
            return "changed";
        }

        @GetMapping("/own/admin")
        String admin() {
            return "for administrators";
        }
    }
}
