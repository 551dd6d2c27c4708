package io.auriga.app.web;

import io.auriga.chain.FollowerSnapshot;
import java.util.List;

/** How the platform is, as of now. Asked often: an answer must be at hand, not fetched. */
public interface PlatformStatus {
  FollowerSnapshot follower();

  /** In the order in which they are tried. */
  List<NodeSnapshot> nodes();
}
