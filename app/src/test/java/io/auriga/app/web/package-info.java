@NullMarked
package io.auriga.app.web;

import org.jspecify.annotations.NullMarked;
