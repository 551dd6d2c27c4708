/**
 * Flat tables as Apache Parquet files, so that other tools can read them with their types.
 *
 * <p>Good starting point: {@link io.auriga.app.parquet.ParquetFile}. Why it is not a whole library:
 * decision 0005.
 */
@NullMarked
package io.auriga.app.parquet;

import org.jspecify.annotations.NullMarked;
