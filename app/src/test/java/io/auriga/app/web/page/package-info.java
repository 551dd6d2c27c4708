@NullMarked
package io.auriga.app.web.page;

import org.jspecify.annotations.NullMarked;
