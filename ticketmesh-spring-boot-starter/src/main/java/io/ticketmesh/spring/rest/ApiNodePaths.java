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
                operation("GET", "/bundle", "getBundle", "Shows all operations that the node holds")
                        .telling("For backup, or for a node that is new. One that lacks its end was cut.")
                        .takes("erased")
                        .tells("Content-Disposition")
                        .answers(200, "The bundle.", bundle())
                        .fails(ProblemKind.INCOMPLETE_NODE),
                operation("POST", "/bundle", "readBundle", "Takes a bundle in")
                        .telling(
                                "As if another node had sent it: what is held already changes nothing, and other nodes get the rest.")
                        .body(bundle())
                        .answers(200, "What was in it.", "BundleReport", examples.bundleReport())
                        .fails(
                                ProblemKind.DAMAGED_BUNDLE,
                                ProblemKind.CROSS_SITE,
                                ProblemKind.READ_ONLY,
                                ProblemKind.OVERLOADED),
                operation("GET", "/erasures", "listErasures", "Lists erasures")
                        .telling("The last hundred, the newest first.")
                        .answers(200, "Which members have carried each out.", "Erasures", examples.erasures()),
                operation("POST", "/erasures", "erasePerson", "Takes away what somebody wrote, and his name")
                        .telling(
                                "On all nodes; those that are away follow when they are back. Done again it takes away what came meanwhile.")
                        .body("NewErasure", examples.newErasure())
                        .tells("Location")
                        .answers(202, "It has begun.", "Erasure", examples.erasure())
                        .fails(ProblemKind.CROSS_SITE, ProblemKind.READ_ONLY, ProblemKind.OVERLOADED),
                operation("GET", "/erasures/{erasure}", "getErasure", "Tells who has carried an erasure out")
                        .takes("erasure")
                        .answers(200, "The erasure.", "Erasure", examples.erasure())
                        .fails(ProblemKind.NOT_FOUND),
                operation("POST", "/incidents", "reportIncident", "Reports an incident")
                        .telling(
                                "Reports under one key become one ticket in the whole mesh, which counts them and is opened again when it comes back."
                                        + " They are written in a moment, and a repetition is counted again.")
                        .body("NewIncident", examples.newIncident())
                        .tells("Location")
                        .answers(202, "It is counted in that ticket.", "ReportedIncident", examples.reportedIncident())
                        .fails(ProblemKind.CROSS_SITE, ProblemKind.READ_ONLY, ProblemKind.PURGED),
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

    private static ApiObject bundle() {
        return ApiObject.of(
                BundleResource.TYPE, ApiObject.of("schema", ApiType.text().with("format", "binary")));
    }

    private ApiOperation operation(String method, String path, String id, String summary) {
        return new ApiOperation(method, root + path, id, ApiDocument.NODE, summary);
    }
}
