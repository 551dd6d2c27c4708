package io.auriga.validators.slashing;

import io.auriga.types.AttestationData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All votes for one target epoch. New ones are <em>fresh</em>: for each validator the number of the
 * first thing it said, two bytes, and what it said beside that in a table. {@link Settling} turns
 * them into {@link VoteClass classes}, a bit a validator and less.
 */
final class EpochVotes {
  /** Honest validators say a few things a slot; a number of two bytes is enough for far more. */
  static final int DATA_MAX = Character.MAX_VALUE;

  /** Second votes that are remembered; each is reported, whatever their number. */
  static final int SECOND_VOTES_MAX = 1 << 20;

  /** Kinds of old votes; what nearly nobody said is forgotten beyond them. */
  static final int CLASSES_MAX = 1 << 10;

  private static final int FORM = 1;
  private static final int PAGE = 1 << 12;
  private static final char[] NOBODY = {};
  private static final char[][] NO_PAGES = {};

  /** What a vote is to those that its validator cast before. */
  enum Standing {
    /** The first of its validator. */
    FIRST,
    /** The same again. */
    REPEATED,
    /** Another one. */
    SECOND
  }

  private final List<VoteClass> classes = new ArrayList<>();
  private final List<AttestationData> freshData = new ArrayList<>();
  private final Map<AttestationData, Integer> freshNumbers = new HashMap<>();
  private final Map<Integer, List<Integer>> second = new HashMap<>();
  private char[][] first = NO_PAGES;
  private int secondVotes;
  private long sourceMin = -1;
  private long sourceMax;

  /** The number of what is said, from 1 on; 0 if there are too many different ones. */
  int numberOf(AttestationData data) {
    Integer known = freshNumbers.get(data);
    if (known != null) {
      return known;
    }
    if (freshData.size() == DATA_MAX) {
      return 0;
    }
    freshData.add(data);
    freshNumbers.put(data, freshData.size());
    widen(data.source().epoch().value());
    return freshData.size();
  }

  private void widen(long source) {
    sourceMin = Long.compareUnsigned(source, sourceMin) < 0 ? source : sourceMin;
    sourceMax = Long.compareUnsigned(source, sourceMax) > 0 ? source : sourceMax;
  }

  /** Remembers that a validator said what has this number. */
  Standing add(int validator, int number) {
    char[] page = pageToWrite(validator);
    int place = validator & PAGE - 1;
    int before = page[place];
    if (before == number) {
      return Standing.REPEATED;
    }
    boolean voted = before != 0;
    for (VoteClass old : classes) {
      if (old.has(validator)) {
        if (old.includes(freshData.get(number - 1))) {
          return Standing.REPEATED;
        }
        voted = true;
      }
    }
    if (before == 0) {
      page[place] = (char) number;
      return voted ? Standing.SECOND : Standing.FIRST;
    }
    List<Integer> others = second.getOrDefault(validator, List.of());
    if (others.contains(number)) {
      return Standing.REPEATED;
    }
    if (secondVotes < SECOND_VOTES_MAX) {
      secondVotes++;
      second.computeIfAbsent(validator, _ -> new ArrayList<>(1)).add(number);
    }
    return Standing.SECOND;
  }

  private char[] pageToWrite(int validator) {
    int number = validator / PAGE;
    if (number >= first.length) {
      int known = first.length;
      first = Arrays.copyOf(first, number + 1);
      Arrays.fill(first, known, first.length, NOBODY);
    }
    if (first[number].length == 0) {
      first[number] = new char[PAGE];
    }
    return first[number];
  }

  private int firstOf(int validator) {
    int number = validator / PAGE;
    boolean known = number < first.length && first[number].length > 0;
    return known ? first[number][validator & PAGE - 1] : 0;
  }

  /** What the validator said for this target, as far as it is known. */
  List<Vote> votesOf(int validator) {
    List<Vote> votes = new ArrayList<>(1);
    for (VoteClass old : classes) {
      if (old.has(validator)) {
        votes.add(old.vote());
      }
    }
    int number = firstOf(validator);
    if (number != 0) {
      votes.add(Vote.of(freshData.get(number - 1)));
    }
    for (int other : second.getOrDefault(validator, List.of())) {
      votes.add(Vote.of(freshData.get(other - 1)));
    }
    return votes;
  }

  /** Whether anybody said something whose source is above this one. */
  boolean hasSourceAbove(long source) {
    return Long.compareUnsigned(sourceMax, source) > 0;
  }

  boolean hasSourceBelow(long source) {
    return Long.compareUnsigned(sourceMin, source) < 0;
  }

  /** Whether something was said that is not settled. */
  boolean isFresh() {
    return !freshData.isEmpty();
  }

  /**
   * Brings fresh votes into their small form.
   *
   * @return how many votes were forgotten because they are of too many kinds
   */
  int settle() {
    Settling settling = new Settling(freshData);
    for (int page = 0; page < first.length; page++) {
      for (int place = 0; place < first[page].length; place++) {
        settling.count(first[page][place]);
      }
    }
    settling.rank();
    for (int page = 0; page < first.length; page++) {
      for (int place = 0; place < first[page].length; place++) {
        settling.first(page * PAGE + place, first[page][place]);
      }
    }
    new TreeMap<>(second)
        .forEach((voter, said) -> said.forEach(number -> settling.second(voter, number)));
    int forgotten = settling.finish(classes, CLASSES_MAX);
    first = NO_PAGES;
    freshData.clear();
    freshNumbers.clear();
    second.clear();
    secondVotes = 0;
    return forgotten;
  }

  /** The settled votes, to be kept. */
  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeInt(classes.size());
      for (VoteClass one : classes) {
        one.write(out);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("Memory is no file", impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * What {@link #toBytes} gave.
   *
   * @throws IOException if it is something else
   */
  static EpochVotes of(byte[] bytes) throws IOException {
    EpochVotes votes = new EpochVotes();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int form = in.readByte();
    if (form != FORM) {
      throw new IOException("votes are kept in form " + form + ", and " + FORM + " is known");
    }
    for (int left = in.readInt(); left > 0; left--) {
      VoteClass one = VoteClass.read(in);
      votes.classes.add(one);
      votes.widen(one.vote().source().epoch().value());
    }
    return votes;
  }

  /** What the settled votes take. */
  long bytes() {
    return classes.stream().mapToLong(VoteClass::bytes).sum();
  }
}
