package io.auriga.app.web;

import io.auriga.app.web.api.RestApi;
import io.auriga.app.web.page.Pages;
import io.auriga.app.web.rpc.RpcEndpoint;
import io.auriga.app.web.rpc.RpcMethods;
import io.auriga.chain.FollowerListener;
import io.auriga.runtime.http.Routes;
import io.auriga.runtime.metrics.MetricsRoute;

/** Everything that Auriga serves over HTTP, in one place. */
public final class WebSurface implements AutoCloseable {
  private final WebInputs inputs;
  private final LiveFeed feed;
  private final Activity activity;

  public WebSurface(WebInputs inputs) {
    this.inputs = inputs;
    this.feed = new LiveFeed(inputs.clock(), inputs.replay());
    this.activity = new Activity(feed);
  }

  /** To be told of the follower's work: open pages hear of changes through it. */
  public FollowerListener listener() {
    return activity;
  }

  /** Adds every route. */
  public void register(Routes routes) {
    Health health = new Health(inputs.status(), inputs.checks());
    routes
        .get("/healthz", health::alive)
        .get("/readyz", health::ready)
        .get("/stream", request -> feed.open())
        .post("/rpc", new RpcEndpoint(new RpcMethods(inputs.queries()))::handle);
    MetricsRoute.add(routes, inputs.metrics());
    new RestApi(inputs, activity).register(routes);
    new Pages(inputs, activity).register(routes);
    Assets.register(routes);
    inputs
        .replay()
        .ifPresent(control -> routes.post("/demo/replay", new ReplayRoute(control, feed)::set));
  }

  /** Begins to tell open pages of changes. */
  public void start() {
    feed.start();
  }

  @Override
  public void close() {
    feed.close();
  }
}
