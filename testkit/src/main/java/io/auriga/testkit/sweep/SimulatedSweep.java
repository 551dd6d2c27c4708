package io.auriga.testkit.sweep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * The withdrawals of a chain of mainnet's size, slot by slot, from a seed: the rules of protocol.md
 * A.3 over columns of numbers, without states or blocks. Validators of one operator stand side by
 * side and share their fate, as they do on mainnet: they joined together, changed their credentials
 * together, go offline and leave together.
 */
public final class SimulatedSweep {
  /** Not scheduled. */
  public static final int NEVER = Integer.MAX_VALUE;

  public static final int SLOTS_PER_EPOCH = 32;

  private static final int DELAY_SLOTS = 256 * SLOTS_PER_EPOCH;
  private static final long ETHER = 1_000_000_000L;
  private static final long FLOOR = 32 * ETHER;
  private static final long CAP = 2048 * ETHER;
  private static final int DAY = 7_200;

  private final SweepWorld world;
  private final Random random;
  private byte[] prefix;
  private long[] balance;
  private long[] effective;
  private int[] paidUntil;
  private int[] activation;
  private int[] exit;
  private boolean[] offline;
  private int count;
  private int slot;
  private int cursor;
  private int exitQueueEnd;
  private final Deque<Request> queue = new ArrayDeque<>();
  private final List<Integer> asked = new ArrayList<>();
  private int[] payload = {};
  private long[] amounts = {};
  private int partials;

  /** An entry of the queue of requested partial withdrawals. */
  public record Request(int validator, long amount, int withdrawableSlot) {}

  public SimulatedSweep(SweepWorld world, long seed) {
    this.world = world;
    this.random = new Random(seed);
    int room = world.validators() + world.validators() / 4 + 1_024;
    prefix = new byte[room];
    balance = new long[room];
    effective = new long[room];
    paidUntil = new int[room];
    activation = new int[room];
    exit = new int[room];
    offline = new boolean[room];
    while (count < world.validators()) {
      operator(Math.min(1 + random.nextInt(1_500), world.validators() - count));
    }
    cursor = random.nextInt(count);
  }

  /** A run of validators that joined together, older ones having left more often. */
  private void operator(int size) {
    double age = 1 - (double) count / world.validators();
    double fate = random.nextDouble();
    boolean left = fate < 0.25 * age;
    boolean locked = !left && fate > 1 - 0.06 * age;
    boolean compounding = !left && !locked && random.nextDouble() < 0.05;
    boolean down = random.nextDouble() < 0.01;
    for (int i = 0; i < size; i++) {
      int v = join(locked ? 0 : compounding ? 2 : 1, 0);
      if (left) {
        exit[v] = -DELAY_SLOTS - 1;
        balance[v] = 0;
        effective[v] = 0;
      }
      if (compounding) {
        boolean atCap = random.nextInt(10) == 0;
        effective[v] = atCap ? CAP : FLOOR + ETHER * random.nextInt(1_500);
        balance[v] = effective[v] + ETHER / 100;
      }
      offline[v] = down;
      if (down) {
        balance[v] = FLOOR - ETHER / 10;
      }
      // Whoever was paid lately has earned less.
      paidUntil[v] = -random.nextInt(9 * DAY);
    }
  }

  private int join(int credentials, int activeFrom) {
    if (count == prefix.length) {
      int room = count + count / 4;
      prefix = Arrays.copyOf(prefix, room);
      balance = Arrays.copyOf(balance, room);
      effective = Arrays.copyOf(effective, room);
      paidUntil = Arrays.copyOf(paidUntil, room);
      activation = Arrays.copyOf(activation, room);
      exit = Arrays.copyOf(exit, room);
      offline = Arrays.copyOf(offline, room);
    }
    int v = count++;
    prefix[v] = (byte) credentials;
    balance[v] = FLOOR;
    effective[v] = FLOOR;
    activation[v] = activeFrom;
    paidUntil[v] = activeFrom;
    exit[v] = NEVER;
    return v;
  }

  /** One slot later. Whether a block came; if so, {@link #payload} is what it paid. */
  public boolean step() {
    slot++;
    happen();
    if (random.nextDouble() < world.missed()) {
      return false;
    }
    pay();
    return true;
  }

  private void happen() {
    for (int i = events(world.joins()); i > 0; i--) {
      int v = join(random.nextInt(5) == 0 ? 2 : 1, slot + 400 + random.nextInt(400));
      offline[v] = random.nextInt(200) == 0;
    }
    for (int i = events(world.exits()); i > 0; i--) {
      leave(random.nextInt(count));
    }
    // About once a day one operator leaves, moves to 0x02, is down or comes back.
    if (world.exits() > 0 && random.nextInt(DAY) == 0) {
      int from = random.nextInt(count);
      int to = Math.min(count, from + 100 + random.nextInt(700));
      int what = random.nextInt(4);
      for (int v = from; v < to; v++) {
        switch (what) {
          case 0 -> leave(v);
          case 1 -> prefix[v] = prefix[v] == 1 ? 2 : prefix[v];
          case 2 -> {
            earn(v);
            offline[v] = true;
          }
          default -> {
            earn(v);
            offline[v] = false;
          }
        }
      }
    }
    // Requests come in waves of days, and more of them in bursts.
    double wave = 1 + Math.sin(slot / (3.0 * DAY)) * 0.8;
    int burst = random.nextInt(DAY / 2) == 0 ? 200 : 1;
    for (int i = burst * events(world.requests() * wave); i > 0; i--) {
      int v = random.nextInt(count);
      if (prefix[v] == 2 && exit[v] == NEVER && effective[v] > FLOOR) {
        asked.add(v);
        queue.add(new Request(v, ETHER * (1 + random.nextInt(20)), epochStart(slot + DELAY_SLOTS)));
      }
    }
  }

  private static int epochStart(int slot) {
    return (slot + SLOTS_PER_EPOCH - 1) / SLOTS_PER_EPOCH * SLOTS_PER_EPOCH;
  }

  private int events(double rate) {
    int events = 0;
    double floor = Math.exp(-rate);
    for (double product = random.nextDouble(); product > floor; events++) {
      product *= random.nextDouble();
    }
    return events;
  }

  private void leave(int v) {
    if (exit[v] == NEVER && activation[v] <= slot) {
      earn(v);
      exitQueueEnd = Math.max(exitQueueEnd + 4, slot + 5 * SLOTS_PER_EPOCH);
      exit[v] = epochStart(exitQueueEnd);
    }
  }

  /** Brings the balance up to date. */
  private void earn(int v) {
    int until = Math.min(slot, exit[v]);
    int from = Math.max(paidUntil[v], activation[v]);
    if (until > from && !offline[v]) {
      // Eleven Gwei a slot for each ether are three per cent a year, as on mainnet.
      balance[v] += (until - from) * (effective[v] / ETHER) * 11;
    } else if (until > from) {
      balance[v] -= Math.min(balance[v], (until - from) * (effective[v] / ETHER) * 8);
    }
    paidUntil[v] = Math.max(paidUntil[v], until);
  }

  private void pay() {
    int[] paid = new int[world.payloadMax()];
    long[] sums = new long[world.payloadMax()];
    int size = 0;
    int cap = Math.min(world.partialsMax(), world.payloadMax() - 1);
    for (Iterator<Request> requests = queue.iterator(); requests.hasNext(); ) {
      Request request = requests.next();
      if (request.withdrawableSlot() > slot || size >= cap) {
        break;
      }
      int v = request.validator();
      earn(v);
      if (exit[v] == NEVER && effective[v] >= FLOOR && balance[v] > FLOOR) {
        paid[size] = v;
        sums[size] = Math.min(balance[v] - FLOOR, request.amount());
        balance[v] -= sums[size];
        size++;
      }
      requests.remove();
    }
    partials = size;
    int at = cursor;
    for (int i = Math.min(count, world.sweepMax()); i > 0 && size < world.payloadMax(); i--) {
      earn(at);
      long sum = due(at);
      if (sum > 0) {
        paid[size] = at;
        sums[size++] = sum;
        balance[at] -= sum;
      }
      at = (at + 1) % count;
    }
    cursor =
        size == world.payloadMax()
            ? (paid[size - 1] + 1) % count
            : (int) (((long) cursor + world.sweepMax()) % count);
    payload = Arrays.copyOf(paid, size);
    amounts = Arrays.copyOf(sums, size);
  }

  private long due(int v) {
    if (prefix[v] == 0) {
      return 0;
    }
    if (withdrawableSlot(v) <= slot) {
      return balance[v];
    }
    long keeps = keeps(v);
    return effective[v] == keeps && balance[v] > keeps ? balance[v] - keeps : 0;
  }

  private long keeps(int v) {
    return prefix[v] == 2 ? CAP : FLOOR;
  }

  public int slot() {
    return slot;
  }

  public int count() {
    return count;
  }

  /** {@code next_withdrawal_validator_index}. */
  public int cursor() {
    return cursor;
  }

  /** Whom the last block paid, in order. */
  public int[] payload() {
    return payload.clone();
  }

  /** How much, in Gwei. */
  public long[] amounts() {
    return amounts.clone();
  }

  /** How many of the last block's first payments were asked for. */
  public int partials() {
    return partials;
  }

  public Deque<Request> queue() {
    return new ArrayDeque<>(queue);
  }

  /** Whoever asked for a part of its balance, once for each time, since the beginning. */
  public List<Integer> asked() {
    return List.copyOf(asked);
  }

  /** Whether it does no duties. */
  public boolean isOffline(int v) {
    return offline[v];
  }

  /** The first byte of the credentials. */
  public int prefix(int v) {
    return prefix[v];
  }

  /** In Gwei, as of this slot. */
  public long balance(int v) {
    earn(v);
    return balance[v];
  }

  public long effectiveBalance(int v) {
    return effective[v];
  }

  public int activationSlot(int v) {
    return activation[v];
  }

  /** The slot from which it has no duties, or {@link #NEVER}. */
  public int exitSlot(int v) {
    return exit[v];
  }

  /** The slot from which all is paid, or {@link #NEVER}. */
  public int withdrawableSlot(int v) {
    return exit[v] == NEVER ? NEVER : exit[v] + DELAY_SLOTS;
  }
}
