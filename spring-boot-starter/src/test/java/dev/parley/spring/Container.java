package dev.parley.spring;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A server that an application may have; the other's files are not on its class path. */
enum Container {
    TOMCAT("jetty"),
    JETTY("tomcat");

    private final String other;

    Container(String other) {
        this.other = other;
    }

    /** The class path of an application with this server. */
    String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(entry -> !entry.substring(entry.lastIndexOf('/') + 1).contains(other))
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }
}
