package io.tollgate.identity;

import java.util.List;

/** The administrators' log of a time, counted. Each list has its largest first, days in order. */
public record AdminChangeSums(
    List<AdminChangeCount> days, List<AdminChangeCount> admins, List<AdminChangeCount> actions) {
  public AdminChangeSums {
    days = List.copyOf(days);
    admins = List.copyOf(admins);
    actions = List.copyOf(actions);
  }
}
