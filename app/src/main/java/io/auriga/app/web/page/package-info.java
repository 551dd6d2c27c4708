/**
 * What the dashboard's templates show: plain records of text and numbers, ready to be written into
 * HTML. Nothing here asks a store or a node.
 *
 * <p>Good starting points: {@link io.auriga.app.web.page.OverviewPage}, and {@link
 * io.auriga.app.web.page.Chrome}, which every page carries.
 */
@NullMarked
package io.auriga.app.web.page;

import org.jspecify.annotations.NullMarked;
