// A spoken conversation through a Parley gateway.
export class Parley {}
