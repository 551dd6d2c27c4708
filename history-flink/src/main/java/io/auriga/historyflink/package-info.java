/** History by many machines: era files as the input of a job on Apache Flink. */
@NullMarked
package io.auriga.historyflink;

import org.jspecify.annotations.NullMarked;
