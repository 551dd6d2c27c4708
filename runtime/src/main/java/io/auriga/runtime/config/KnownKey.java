package io.auriga.runtime.config;

import org.jspecify.annotations.Nullable;

/** A line of the reference page. */
public record KnownKey(
    String path, String environment, String form, @Nullable String fallback, String description) {}
