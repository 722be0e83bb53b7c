package io.ticketmesh.webhook;

/**
 * How one node does with webhooks. Counts begin when it is opened.
 *
 * @param webhooks how many there are in the mesh
 * @param stopped how many of them were switched off by themselves, because their receivers do not take anything any more
 * @param accepted how many tries of this node receivers answered with 2xx
 * @param refused how many they answered otherwise
 * @param unanswered how many they did not answer, or could not be sent
 * @param waiting how many messages of this node failed and wait to be tried again
 * @param backlog how many operations this node has to look at, or to tell, summed up over the webhooks
 */
public record WebhookStatistics(
        long webhooks, long stopped, long accepted, long refused, long unanswered, long waiting, long backlog) {}
