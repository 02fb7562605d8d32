package dev.parley.protocol;

/**
 * The name of one part of one conversation item, as audio deltas carry it.
 *
 * @param itemId the item's id
 * @param contentIndex the index of the part in the item's content, from 0
 */
public record ItemKey(String itemId, int contentIndex) {}
