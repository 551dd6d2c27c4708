package io.auriga.historyflink;

/**
 * One era of one file, to be verified.
 *
 * @param file a path that every machine of the cluster sees
 * @param group the number of the era's group within the file, from 0
 */
public record EraTask(String file, int group, long era) {}
