package io.ticketmesh.spring.rest;

import java.util.List;

/** The operations below the root of the node, as {@link Resources} routes them. */
final class ApiNodePaths {
    private final String root;
    private final ApiExamples examples;

    ApiNodePaths(String root, ApiExamples examples) {
        this.root = root;
        this.examples = examples;
    }

    List<ApiOperation> all() {
        return List.of(
                operation("GET", "/session", "getSession", "Tells who asks")
                        .telling(
                                "And what he may do, and what his writes must bring where Spring Security wants a token.")
                        .answers(200, "The session.", "Session", examples.session()),
                operation("GET", "/meta", "getMeta", "Tells the workflow, the names and the limits")
                        .answers(200, "What forms must know.", "Meta", examples.meta()),
                operation("GET", "/mesh", "getMesh", "Tells how the mesh is")
                        .answers(200, "The mesh as this node sees it.", "Mesh", examples.mesh()),
                operation("GET", "/mesh/digest", "getDigest", "Tells what the node holds, in short")
                        .answers(200, "Equal on nodes that hold the same.", "ContentDigest", examples.digest()),
                operation("DELETE", "/mesh/members/{node}", "retireMember", "Takes a member out of the mesh")
                        .telling(
                                "One that is gone for good, so that nobody waits for it. One that still runs is back with its next message.")
                        .takes("node")
                        .answers(204, "It is out.")
                        .fails(ProblemKind.UNKNOWN_MEMBER, ProblemKind.OWN_NODE, ProblemKind.CROSS_SITE),
                operation("GET", "/openapi.json", "getOpenApi", "Shows this document")
                        .takes("IfNoneMatch")
                        .tells("ETag")
                        .answers(304, "The caller has it.")
                        .answers(
                                200,
                                "The document.",
                                ApiObject.of(
                                        "application/json", ApiObject.of("schema", ApiObject.of("type", "object")))));
    }

    private ApiOperation operation(String method, String path, String id, String summary) {
        return new ApiOperation(method, root + path, id, ApiDocument.NODE, summary);
    }
}
