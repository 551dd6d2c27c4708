package io.auriga.testkit.state;

import java.math.BigInteger;

/** A requested withdrawal that waits ({@code PendingPartialWithdrawal}, Electra). */
public record PlainPartial(int validator, BigInteger amount, BigInteger withdrawableEpoch) {}
