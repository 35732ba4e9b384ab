package io.tollgate.rewards.internal.members;

import java.util.Arrays;

/**
 * What teams hold, computed from the whole tree of a tenant at once: everybody is added to their
 * inviter once all below them have been added to them. Takes time and room in proportion to the
 * number of users, however deep the tree is.
 */
final class TeamSums {
  private final Pairs invitations = new Pairs();
  private final Pairs holdings = new Pairs();

  /** A user was invited; in no order. */
  void invited(long user, long inviter) {
    invitations.add(user, inviter);
  }

  /** What a user holds in all; once for each. */
  void holds(long user, long units) {
    holdings.add(user, units);
  }

  /**
   * Adds everybody to those above.
   *
   * @throws IllegalStateException when the tree has a circle
   */
  Sums sums() {
    long[] people = people();
    int[] parent = new int[people.length];
    int[] children = new int[people.length];
    Arrays.fill(parent, -1);
    for (int i = 0; i < invitations.count; i++) {
      int inviter = Arrays.binarySearch(people, invitations.right[i]);
      parent[Arrays.binarySearch(people, invitations.left[i])] = inviter;
      children[inviter]++;
    }
    long[] held = new long[people.length];
    for (int i = 0; i < holdings.count; i++) {
      held[Arrays.binarySearch(people, holdings.left[i])] = holdings.right[i];
    }
    return new Sums(people, held, teams(parent, children, held));
  }

  private static long[] teams(int[] parent, int[] children, long[] held) {
    long[] team = new long[held.length];
    int[] ready = new int[held.length];
    int end = 0;
    for (int place = 0; place < held.length; place++) {
      if (children[place] == 0) {
        ready[end++] = place;
      }
    }
    for (int next = 0; next < end; next++) {
      int place = ready[next];
      int above = parent[place];
      if (above >= 0) {
        team[above] = Math.addExact(team[above], Math.addExact(team[place], held[place]));
        if (--children[above] == 0) {
          ready[end++] = above;
        }
      }
    }
    if (end < held.length) {
      throw new IllegalStateException(
          (held.length - end) + " users stand in or above a circle of invitations");
    }
    return team;
  }

  private long[] people() {
    long[] all = new long[invitations.count * 2 + holdings.count];
    System.arraycopy(invitations.left, 0, all, 0, invitations.count);
    System.arraycopy(invitations.right, 0, all, invitations.count, invitations.count);
    System.arraycopy(holdings.left, 0, all, invitations.count * 2, holdings.count);
    Arrays.sort(all);
    int people = 0;
    for (int i = 0; i < all.length; i++) {
      if (i == 0 || all[i] != all[i - 1]) {
        all[people++] = all[i];
      }
    }
    return Arrays.copyOf(all, people);
  }

  /** Two columns that grow. */
  private static final class Pairs {
    private static final int LEAST_ROOM = 16;

    private long[] left = new long[LEAST_ROOM];
    private long[] right = new long[LEAST_ROOM];
    private int count;

    void add(long first, long second) {
      if (count == left.length) {
        left = Arrays.copyOf(left, count * 2);
        right = Arrays.copyOf(right, count * 2);
      }
      left[count] = first;
      right[count] = second;
      count++;
    }
  }

  /**
   * Everybody who holds something, was invited or has invited somebody. Not for several threads.
   */
  static final class Sums {
    private final long[] people;
    private final long[] held;
    private final long[] team;
    private final boolean[] seen;

    private Sums(long[] people, long[] held, long[] team) {
      this.people = people;
      this.held = held;
      this.team = team;
      this.seen = new boolean[people.length];
    }

    /** Hears of users. */
    @FunctionalInterface
    interface Unseen {
      /** One, with units of points. */
      void of(long user, long held, long team);
    }

    /** What a user holds. */
    long held(long user) {
      int place = Arrays.binarySearch(people, user);
      return place < 0 ? 0 : held[place];
    }

    /** What a user's team holds, without themselves. */
    long team(long user) {
      int place = Arrays.binarySearch(people, user);
      return place < 0 ? 0 : team[place];
    }

    /** There is a row of this user. */
    void saw(long user) {
      int place = Arrays.binarySearch(people, user);
      if (place >= 0) {
        seen[place] = true;
      }
    }

    /** Those of whom there is no row, and should be. */
    void unseen(Unseen told) {
      for (int place = 0; place < people.length; place++) {
        if (!seen[place] && (held[place] > 0 || team[place] > 0)) {
          told.of(people[place], held[place], team[place]);
        }
      }
    }
  }
}
