package io.auriga.app.web;

import io.auriga.runtime.http.Routes;
import io.auriga.runtime.http.StaticFiles;

/** The style sheets, scripts, fonts and pictures of the pages. */
final class Assets {
  private Assets() {}

  static void register(Routes routes) {
    StaticFiles.add(
        routes,
        "/asset/",
        Assets.class,
        "asset/base.css",
        "asset/parts.css",
        "asset/theme.js",
        "asset/live.js",
        "asset/morph.js",
        "asset/clock.js",
        "asset/controls.js",
        "asset/favicon.svg",
        "asset/atkinson-next.woff2",
        "asset/atkinson-mono.woff2");
  }
}
