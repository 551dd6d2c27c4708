@NullMarked
package io.auriga.app.parquet;

import org.jspecify.annotations.NullMarked;
