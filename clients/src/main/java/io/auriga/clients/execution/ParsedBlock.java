package io.auriga.clients.execution;

/** What an execution block's JSON turned out to be. Nothing of it is verified. */
public sealed interface ParsedBlock permits ExecutionBlock, PreShanghaiBlock, UnsupportedBlock {}
