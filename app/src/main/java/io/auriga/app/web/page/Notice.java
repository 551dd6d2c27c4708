package io.auriga.app.web.page;

import java.util.Optional;

/**
 * Something the reader must know before the figures.
 *
 * @param key the same for the same event, so that the page can tell a new one from one seen
 */
public record Notice(
    String key,
    Tone tone,
    String title,
    String text,
    Optional<String> remedy,
    Optional<Moment> at) {}
