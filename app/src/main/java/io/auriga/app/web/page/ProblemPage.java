package io.auriga.app.web.page;

/** A page that could not be made, and what to do. */
public record ProblemPage(
    Chrome chrome, int status, String title, String message, String remedy, String code) {}
