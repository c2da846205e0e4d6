"""The practice and its people: studio, trainers, locations, clients."""
