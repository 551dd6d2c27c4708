/**
 * The command line. {@link io.auriga.app.cli.Auriga} is the entry point and lists the commands;
 * each command is a class that reads its options and calls what does the work.
 */
@NullMarked
package io.auriga.app.cli;

import org.jspecify.annotations.NullMarked;
