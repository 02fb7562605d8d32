package dev.parley.local.phrase;

import tools.jackson.databind.JsonNode;

/**
 * What was said in a slot.
 *
 * @param value for a tool's argument
 * @param words for a sentence
 */
record Said(JsonNode value, String words) {}
