package dev.parley.local.mind;

import tools.jackson.databind.node.ObjectNode;

/**
 * A function that the session offers.
 *
 * @param parameters the JSON schema of its arguments; an empty object where there is none
 */
public record Tool(String name, String description, ObjectNode parameters) {}
