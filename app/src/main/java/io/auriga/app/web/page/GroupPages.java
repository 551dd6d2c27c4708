package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.runtime.http.HttpError;
import io.auriga.runtime.http.HttpException;
import io.auriga.types.Hex;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.PaidSummary;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.statement.Groups;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds groups, and makes the page that lists them. */
final class GroupPages {
  private final WebInputs inputs;

  /** As they are now: making them goes through all who are watched. */
  private final Groups groups;

  /** For one answer. */
  GroupPages(WebInputs inputs) {
    this.inputs = inputs;
    this.groups = inputs.groups().get();
  }

  /**
   * The group of a name.
   *
   * @throws HttpException 404 if the configuration names none such
   */
  Groups.Group require(String name) {
    return groups
        .find(name)
        .orElseThrow(
            () ->
                new HttpException(
                    HttpError.NOT_FOUND,
                    "show the group " + Hex.abbreviate(name),
                    groups.isEmpty()
                        ? "the configuration names no groups"
                        : "the configuration names no such group"));
  }

  /** As many members as one question can name, the lowest indices first; and one more. */
  Set<ValidatorIndex> members(Groups.Group group) {
    return groups.members(group, inputs.paid(), WithdrawalFilter.NAMES_MAX + 1);
  }

  /** As many as can be asked for at once, the lowest first. */
  static Set<ValidatorIndex> first(Set<ValidatorIndex> members, int limit) {
    return members.stream()
        .sorted(Comparator.naturalOrder())
        .limit(limit)
        .collect(Collectors.toUnmodifiableSet());
  }

  static String link(String name) {
    return "/groups/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  GroupsPage page(Chrome chrome, Instant now) {
    List<GroupsPage.Row> rows = groups.all().stream().map(group -> row(group, now)).toList();
    return new GroupsPage(chrome, rows);
  }

  private GroupsPage.Row row(Groups.Group group, Instant now) {
    Set<ValidatorIndex> members = members(group);
    PaidSummary paid = inputs.paid().validators(first(members, WithdrawalFilter.NAMES_MAX));
    return new GroupsPage.Row(
        group.name(),
        link(group.name()),
        Digits.grouped(members.size()),
        Digits.grouped(group.addresses().size()),
        Digits.grouped(paid.payments()),
        Amount.total(paid.totalGwei()),
        paid.last().map(last -> Moment.of(last, now)));
  }
}
