package io.auriga.app.web.page;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.auriga.app.web.template.JteaccountGenerated;
import io.auriga.app.web.template.JteblockGenerated;
import io.auriga.app.web.template.JteblocksGenerated;
import io.auriga.app.web.template.JtegroupsGenerated;
import io.auriga.app.web.template.JteoverviewGenerated;
import io.auriga.app.web.template.JteproblemGenerated;
import io.auriga.app.web.template.JtereconciliationGenerated;
import io.auriga.app.web.template.JtesearchGenerated;
import io.auriga.app.web.template.JteslashingGenerated;
import io.auriga.app.web.template.JtesloGenerated;
import io.auriga.app.web.template.JtesweepGenerated;
import io.auriga.app.web.template.JtesyncGenerated;
import io.auriga.app.web.template.JtevalidatorsGenerated;
import io.auriga.app.web.template.JtewithdrawalGenerated;
import io.auriga.app.web.template.JtewithdrawalsGenerated;
import java.util.function.Consumer;

/** Writes pages as HTML by calling the compiled templates directly; every value is escaped. */
public final class Templates {
  private Templates() {}

  public static String overview(OverviewPage page) {
    return html(output -> JteoverviewGenerated.render(output, null, page));
  }

  public static String withdrawals(WithdrawalsPage page) {
    return html(output -> JtewithdrawalsGenerated.render(output, null, page));
  }

  public static String withdrawal(WithdrawalPage page) {
    return html(output -> JtewithdrawalGenerated.render(output, null, page));
  }

  public static String blocks(BlocksPage page) {
    return html(output -> JteblocksGenerated.render(output, null, page));
  }

  public static String block(BlockPage page) {
    return html(output -> JteblockGenerated.render(output, null, page));
  }

  public static String account(AccountPage page) {
    return html(output -> JteaccountGenerated.render(output, null, page));
  }

  public static String validators(ValidatorsPage page) {
    return html(output -> JtevalidatorsGenerated.render(output, null, page));
  }

  public static String groups(GroupsPage page) {
    return html(output -> JtegroupsGenerated.render(output, null, page));
  }

  public static String sync(SyncPage page) {
    return html(output -> JtesyncGenerated.render(output, null, page));
  }

  public static String search(SearchPage page) {
    return html(output -> JtesearchGenerated.render(output, null, page));
  }

  public static String reconciliation(ReconciliationPage page) {
    return html(output -> JtereconciliationGenerated.render(output, null, page));
  }

  public static String sweep(SweepPage page) {
    return html(output -> JtesweepGenerated.render(output, null, page));
  }

  public static String slo(SloPage page) {
    return html(output -> JtesloGenerated.render(output, null, page));
  }

  public static String slashing(SlashingPage page) {
    return html(output -> JteslashingGenerated.render(output, null, page));
  }

  public static String problem(ProblemPage page) {
    return html(output -> JteproblemGenerated.render(output, null, page));
  }

  private static String html(Consumer<HtmlTemplateOutput> page) {
    StringOutput text = new StringOutput();
    page.accept(new OwaspHtmlTemplateOutput(text));
    return text.toString();
  }
}
