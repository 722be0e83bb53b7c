package io.ticketmesh.blob;

class MemoryBlobsTest extends BlobStoreContract {
    @Override
    BlobStore open(long bytes) {
        return new MemoryBlobs(bytes, clock::get);
    }
}
