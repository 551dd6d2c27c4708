/**
 * What the commands of {@code auriga slashing} do with files: interchanges, messages that someone
 * is about to sign, and files of the official interchange suite.
 */
@NullMarked
package io.auriga.app.cli.slashing;

import org.jspecify.annotations.NullMarked;
