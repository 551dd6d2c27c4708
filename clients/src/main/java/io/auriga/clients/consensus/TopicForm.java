package io.auriga.clients.consensus;

import java.util.Collection;
import java.util.stream.Collectors;

/** The two ways in which clients take a list of topics. */
enum TopicForm {
  /** {@code topics=head&topics=block}; Lodestar 1.5.1 knows only this. */
  REPEATED,
  /** {@code topics=head,block} */
  COMMAS;

  String path(Collection<Topic> topics) {
    return switch (this) {
      case REPEATED ->
          topics.stream()
              .map(topic -> "topics=" + topic.wireName())
              .collect(Collectors.joining("&", BeaconRoutes.EVENTS + "?", ""));
      case COMMAS ->
          topics.stream()
              .map(Topic::wireName)
              .collect(Collectors.joining(",", BeaconRoutes.EVENTS + "?topics=", ""));
    };
  }

  TopicForm other() {
    return this == REPEATED ? COMMAS : REPEATED;
  }
}
