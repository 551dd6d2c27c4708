package io.auriga.app.cli.slashing;

import io.auriga.clients.http.JsonView;
import io.auriga.clients.http.NodeJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON that a person gives: strict, and bounded in depth. */
public final class JsonText {
  private static final int DEPTH_MAX = 32;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .build();

  private JsonText() {}

  /**
   * The value that the text is.
   *
   * @throws JsonView.Unexpected if it is none
   */
  public static JsonView read(byte[] text) {
    try {
      return new JsonView(JSON.readTree(text), "");
    } catch (JacksonException malformed) {
      throw new JsonView.Unexpected(NodeJson.describe(malformed));
    }
  }

  static byte[] bytes(JsonView json) {
    return JSON.writeValueAsBytes(json.node());
  }
}
