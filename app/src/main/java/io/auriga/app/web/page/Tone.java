package io.auriga.app.web.page;

/** How a statement wants to be read; the style sheet's class of the same name colours it. */
public enum Tone {
  OK,
  BUSY,
  WARN,
  BAD,
  QUIET;

  public String css() {
    return switch (this) {
      case OK -> "ok";
      case BUSY -> "busy";
      case WARN -> "warn";
      case BAD -> "bad";
      case QUIET -> "quiet";
    };
  }
}
