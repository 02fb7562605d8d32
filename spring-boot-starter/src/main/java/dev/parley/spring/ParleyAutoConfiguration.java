package dev.parley.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;

/** What an application with Parley among its dependencies gets. */
@AutoConfiguration
public class ParleyAutoConfiguration {}
