package io.auriga.app.web.page;

import io.auriga.app.web.Activity;
import io.auriga.app.web.WebInputs;
import io.auriga.app.web.api.BlockLookup;
import io.auriga.runtime.http.Handler;
import io.auriga.runtime.http.HttpError;
import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Request;
import io.auriga.runtime.http.Response;
import io.auriga.runtime.http.Routes;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.Hex;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.BlockRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The dashboard's routes. Each answers with a whole page, a failure too. */
public final class Pages {
  private static final int BLOCKS_ON_PAGE = 50;

  private final WebInputs inputs;
  private final Chromes chromes;
  private final Overview overview;
  private final WithdrawalList list;
  private final Details details;
  private final BlockLookup lookup;
  private final WatchedPages watched;
  private final Accounts accounts;
  private final Searches searches;
  private final Sweeps sweeps;

  public Pages(WebInputs inputs, Activity activity) {
    this.inputs = inputs;
    this.chromes = new Chromes(inputs, activity);
    this.overview = new Overview(inputs, activity);
    this.list = new WithdrawalList(inputs);
    this.lookup = new BlockLookup(inputs.queries());
    this.details = new Details(inputs);
    this.watched = new WatchedPages(inputs);
    this.accounts = new Accounts(inputs, watched);
    this.searches = new Searches(inputs);
    this.sweeps = new Sweeps(inputs);
  }

  public void register(Routes routes) {
    routes
        .get("/", page(this::overview))
        .get("/withdrawals", page(this::withdrawals))
        .get("/withdrawals/{index}", page(this::withdrawal))
        .get("/blocks", page(this::blocks))
        .get("/blocks/{id}", page(this::block))
        .get("/validators", page(this::validators))
        .get("/validators/{index}", page(this::validator))
        .get("/addresses/{address}", page(this::address))
        .get("/groups", page(this::groups))
        .get("/groups/{name}", page(this::group))
        .get("/search", page(this::search))
        .get("/reconciliation", page(this::reconciliation))
        .get("/sweep", page(this::sweep))
        .get("/slo", page(this::slo))
        .get("/slashing", page(this::slashing))
        .get("/sync", page(this::sync))
        // Whatever no other route takes: a person gets a page that leads on.
        .get("/{page}", page(this::nothing));
  }

  private Response overview(Request request) {
    Instant now = inputs.clock().now();
    Chrome chrome = chromes.chrome("Overview", "overview", now);
    return Response.html(Templates.overview(overview.page(chrome, now)));
  }

  private Response withdrawals(Request request) {
    Instant now = inputs.clock().now();
    Chrome chrome = chromes.chrome("Withdrawals", "withdrawals", now);
    WithdrawalsPage page = list.page(request, chrome, now);
    int status = page.form().problem().isPresent() ? HttpError.BAD_REQUEST.status() : 200;
    return Response.html(Templates.withdrawals(page)).withStatus(status);
  }

  private Response withdrawal(Request request) {
    Instant now = inputs.clock().now();
    WithdrawalIndex index = request.pathParameter("index", WithdrawalIndex::parseDecimal);
    Chrome chrome =
        chromes.chrome("Withdrawal " + Digits.grouped(index.value()), "withdrawals", now);
    WithdrawalPage page =
        details
            .withdrawal(chrome, index, now)
            .orElseThrow(
                () ->
                    new HttpException(
                        HttpError.NOT_FOUND,
                        "show withdrawal " + index,
                        "no block kept here holds that index"));
    return Response.html(Templates.withdrawal(page));
  }

  private Response blocks(Request request) {
    Instant now = inputs.clock().now();
    Optional<Slot> before = request.query("before", Slot::parseDecimal);
    List<BlockRecord> records = inputs.queries().blocks(BLOCKS_ON_PAGE, before);
    Optional<String> older =
        records.size() < BLOCKS_ON_PAGE
            ? Optional.empty()
            : Optional.of("/blocks?before=" + records.getLast().slot());
    List<BlockRow> rows = new Rows(inputs.spec(), now).blocks(records);
    return Response.html(
        Templates.blocks(
            new BlocksPage(
                chromes.chrome("Blocks", "blocks", now), rows, before.isEmpty(), older)));
  }

  private Response block(Request request) {
    Instant now = inputs.clock().now();
    BlockRecord block = lookup.require(request);
    Chrome chrome =
        chromes.chrome("Block at slot " + Digits.grouped(block.slot().value()), "blocks", now);
    return Response.html(
        Templates.block(details.block(chrome, block, lookup.withdrawals(block), now)));
  }

  private Response validators(Request request) {
    Instant now = inputs.clock().now();
    Chrome chrome = chromes.chrome("Validators", "validators", now);
    return Response.html(Templates.validators(watched.page(request, chrome, now)));
  }

  private Response validator(Request request) {
    ValidatorIndex validator = request.pathParameter("index", ValidatorIndex::parseDecimal);
    Instant now = inputs.clock().now();
    Chrome chrome = chromes.chrome("Validator " + validator, "validators", now);
    return Response.html(
        Templates.account(accounts.validator(chrome, validator, whatIf(request), now)));
  }

  private Response address(Request request) {
    Address address = request.pathParameter("address", Address::fromHex);
    Instant now = inputs.clock().now();
    Chrome chrome =
        chromes.chrome("Address " + WithdrawalRow.shorten(address.toHex()), "withdrawals", now);
    return Response.html(
        Templates.account(accounts.address(chrome, address, whatIf(request), now)));
  }

  private Response groups(Request request) {
    Instant now = inputs.clock().now();
    Chrome chrome = chromes.chrome("Groups", "groups", now);
    return Response.html(Templates.groups(new GroupPages(inputs).page(chrome, now)));
  }

  private Response group(Request request) {
    String name = request.pathParameter("name");
    Instant now = inputs.clock().now();
    Chrome chrome = chromes.chrome("Group " + Hex.abbreviate(name), "groups", now);
    return Response.html(Templates.account(accounts.group(chrome, name, whatIf(request), now)));
  }

  /** What leaving would come to costs a node work, so a reader has to ask. */
  private static boolean whatIf(Request request) {
    return request.query("whatIf").map("true"::equals).orElse(false);
  }

  private Response sweep(Request request) {
    Instant now = inputs.clock().now();
    return Response.html(Templates.sweep(sweeps.page(chromes.chrome("Sweep", "sweep", now), now)));
  }

  private Response slo(Request request) {
    Instant now = inputs.clock().now();
    return Response.html(
        Templates.slo(new Slos(inputs).page(chromes.chrome("Objectives", "slo", now), now)));
  }

  private Response slashing(Request request) {
    Instant now = inputs.clock().now();
    Chrome chrome = chromes.chrome("Slashing", "slashing", now);
    return Response.html(Templates.slashing(new Slashings(inputs).page(chrome, now)));
  }

  private Response sync(Request request) {
    Instant now = inputs.clock().now();
    Optional<Slot> slot = request.query("slot", Slot::parseDecimal);
    return Response.html(
        Templates.sync(new Syncs(inputs).page(chromes.chrome("Slots", "sync", now), slot, now)));
  }

  /** Leads straight to what only one thing can be meant by. */
  private Response search(Request request) {
    String typed = request.query("q").orElse("").strip();
    Chrome chrome = chromes.chrome("Search", "", inputs.clock().now());
    SearchPage page = searches.page(chrome, typed);
    return page.hits().size() == 1
        ? Response.redirect(page.hits().getFirst().link())
        : Response.html(Templates.search(page));
  }

  private Response reconciliation(Request request) {
    Instant now = inputs.clock().now();
    Chrome chrome = chromes.chrome("Reconciliation", "reconciliation", now);
    return Response.html(Templates.reconciliation(new Reconciliations(inputs).page(chrome, now)));
  }

  private Response nothing(Request request) {
    throw new HttpException(
        HttpError.NOT_FOUND, "show " + Hex.abbreviate(request.path()), "there is no such page");
  }

  /** A failure as a page for a browser, and as JSON for everything else. */
  private Handler page(Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (HttpException refused) {
        return problem(request, refused, refused.error().status());
      } catch (AurigaException failed) {
        return problem(request, failed, HttpError.INTERNAL.status());
      }
    };
  }

  private Response problem(Request request, AurigaException failure, int status) {
    if (!request.header("Accept").orElse("").contains("text/html")) {
      return Response.error(status, failure);
    }
    String title =
        switch (status) {
          case 404 -> "Nothing here";
          case 400 -> "That was not understood";
          default -> "Auriga could not make this page";
        };
    return Response.html(
            Templates.problem(
                new ProblemPage(
                    chromes.chrome(title, "", inputs.clock().now()),
                    status,
                    title,
                    failure.getMessage() + ".",
                    failure.remedy() + ".",
                    failure.code())))
        .withStatus(status);
  }
}
