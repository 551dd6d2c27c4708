package io.auriga.app.web;

import io.auriga.validators.RecentDuties;
import io.auriga.validators.Upcoming;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the surfaces say of single validators' duties from.
 *
 * @param recent the last epochs
 * @param upcoming what is decided to come
 */
public record Duties(RecentDuties recent, Supplier<Optional<Upcoming>> upcoming) {}
