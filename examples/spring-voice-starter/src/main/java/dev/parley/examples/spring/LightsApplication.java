package dev.parley.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application; {@link LightsAgent} is found by its annotation. */
@SpringBootApplication
public class LightsApplication {
    /** Starts it. */
    public static void main(String[] args) {
        SpringApplication.run(LightsApplication.class, args);
    }
}
